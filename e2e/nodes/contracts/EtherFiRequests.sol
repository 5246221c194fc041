// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EETH} from "./EtherFi.sol";

/// ether.fi's queue by its published rules: a request is a token, pays what was asked for or what its shares are worth when
/// it is claimed, whichever is less, minus its fee, and is burned when it is claimed.
contract WithdrawRequestNFT is ERC721 {
    struct WithdrawRequest {
        uint96 amountOfEEth;
        uint96 shareOfEEth;
        bool isValid;
        uint32 feeGwei;
    }

    EETH internal immutable eETH;
    mapping(uint256 id => WithdrawRequest) internal _requests;
    uint32 public nextRequestId = 1;
    uint32 public lastFinalizedRequestId;
    /// For the tests: shares of all requests that were not claimed.
    uint256 public openShares;

    constructor(EETH eETH_) ERC721("Withdraw Request NFT", "WithdrawRequestNFT") {
        eETH = eETH_;
    }

    receive() external payable {}

    /// The pool's part of the real contracts: takes the eETH and makes the request.
    function requestWithdraw(uint96 amount, uint32 feeGwei) external returns (uint256 id) {
        id = nextRequestId++;
        eETH.transferFrom(msg.sender, address(this), amount);
        _requests[id] = WithdrawRequest(amount, uint96(eETH.sharesForAmount(amount)), true, feeGwei);
        openShares += _requests[id].shareOfEEth;
        _mint(msg.sender, id);
    }

    function getRequest(uint256 id) external view returns (WithdrawRequest memory) {
        return _requests[id];
    }

    function isFinalized(uint256 id) public view returns (bool) {
        return id <= lastFinalizedRequestId;
    }

    function finalizeRequests(uint256 id) external {
        require(id >= lastFinalizedRequestId && id < nextRequestId);
        lastFinalizedRequestId = uint32(id);
    }

    function invalidateRequest(uint256 id) external {
        require(!isFinalized(id));
        _requests[id].isValid = false;
    }

    function getClaimableAmount(uint256 id) public view returns (uint256) {
        require(isFinalized(id), "Request is not finalized");
        ownerOf(id);
        WithdrawRequest memory request = _requests[id];
        uint256 today = eETH.amountForShare(request.shareOfEEth);
        uint256 amount = request.amountOfEEth < today ? request.amountOfEEth : today;
        return amount - uint256(request.feeGwei) * 1 gwei;
    }

    function claimWithdraw(uint256 id) external {
        require(ownerOf(id) == msg.sender && _requests[id].isValid);
        uint256 amount = getClaimableAmount(id);
        _burn(id);
        openShares -= _requests[id].shareOfEEth;
        delete _requests[id];
        (bool sent, ) = msg.sender.call{value: amount}("");
        require(sent);
    }
}

/// Tells of each node it made in an event, and in no view.
contract EtherFiStakingManager {
    event EtherFiNodeDeployed(address indexed etherFiNode);

    mapping(address node => bool) public deployedEtherFiNodes;

    function addStaker(address node) external {
        deployedEtherFiNodes[node] = true;
        emit EtherFiNodeDeployed(node);
    }
}

/// Holds ether that waits to be staked.
contract EtherFiLiquidityPool {
    receive() external payable {}
}

/// Restakes the stETH of the pool: a staker like a node. The tests act for it.
contract EtherFiRestaker {
    receive() external payable {}
}
