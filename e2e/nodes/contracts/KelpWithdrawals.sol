// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {DoubleEndedQueue} from "@openzeppelin/contracts/utils/structs/DoubleEndedQueue.sol";
import {LRTOracle} from "./RateOracles.sol";
import {TestToken} from "./TestToken.sol";

/// Kelp: which tokens can be paid out.
contract LRTConfig {
    address[] internal _assets;

    constructor(address[] memory assets) {
        _assets = assets;
    }

    function getSupportedAssetList() external view returns (address[] memory) {
        return _assets;
    }
}

/// Kelp's withdrawals by its published rules: requests are unlocked in order, per token paid, once their delay is over;
/// that settles them at what was expected or at the rate of then, the lower of the two. Every token counts as one ETH.
contract LRTWithdrawalManager {
    using DoubleEndedQueue for DoubleEndedQueue.Bytes32Deque;

    address internal constant ETH_TOKEN = 0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE;

    struct WithdrawalRequest {
        uint256 rsETHUnstaked;
        uint256 expectedAssetAmount;
        uint256 withdrawalStartBlock;
    }

    error WithdrawalLocked();
    error WithdrawalDelayNotPassed();
    error NoPendingWithdrawals();

    TestToken public immutable rsETH;
    LRTOracle internal immutable oracle;
    uint256 public withdrawalDelayBlocks;

    mapping(address asset => uint256) public nextUnusedNonce;
    mapping(address asset => uint256) public nextLockedNonce;
    /// What unlocked requests are owed and have not claimed.
    mapping(address asset => uint256) public unlockedAmount;
    mapping(address asset => mapping(uint256 nonce => WithdrawalRequest)) internal _requests;
    mapping(address asset => mapping(address user => DoubleEndedQueue.Bytes32Deque)) public userAssociatedNonces;

    constructor(TestToken rsETH_, LRTOracle oracle_, uint256 withdrawalDelayBlocks_) {
        rsETH = rsETH_;
        oracle = oracle_;
        withdrawalDelayBlocks = withdrawalDelayBlocks_;
    }

    function putEther() external payable {}

    function setWithdrawalDelayBlocks(uint256 blocks) external {
        withdrawalDelayBlocks = blocks;
    }

    function initiateWithdrawal(address asset, uint256 amount, string calldata) external {
        rsETH.transferFrom(msg.sender, address(this), amount);
        uint256 nonce = nextUnusedNonce[asset]++;
        _requests[asset][nonce] = WithdrawalRequest(amount, worth(amount), block.number);
        userAssociatedNonces[asset][msg.sender].pushBack(bytes32(nonce));
    }

    /// Unlocks requests in order, as far as their delays are over and what is held here pays them.
    function unlockQueue(address asset, uint256 firstExcludedIndex) external {
        uint256 last = firstExcludedIndex < nextUnusedNonce[asset] ? firstExcludedIndex : nextUnusedNonce[asset];
        uint256 nonce = nextLockedNonce[asset];
        if (nonce >= last) revert NoPendingWithdrawals();
        for (; nonce < last; nonce++) {
            WithdrawalRequest storage request = _requests[asset][nonce];
            if (block.number < request.withdrawalStartBlock + withdrawalDelayBlocks) break;
            uint256 today = worth(request.rsETHUnstaked);
            uint256 pays = today < request.expectedAssetAmount ? today : request.expectedAssetAmount;
            if (balanceOf(asset) < unlockedAmount[asset] + pays) break;
            request.expectedAssetAmount = pays;
            unlockedAmount[asset] += pays;
            rsETH.burn(address(this), request.rsETHUnstaked);
        }
        nextLockedNonce[asset] = nonce;
    }

    function completeWithdrawal(address asset, string calldata) external {
        uint256 nonce = uint256(userAssociatedNonces[asset][msg.sender].popFront());
        if (nonce >= nextLockedNonce[asset]) revert WithdrawalLocked();
        WithdrawalRequest memory request = _requests[asset][nonce];
        delete _requests[asset][nonce];
        if (block.number < request.withdrawalStartBlock + withdrawalDelayBlocks) revert WithdrawalDelayNotPassed();
        unlockedAmount[asset] -= request.expectedAssetAmount;
        if (asset == ETH_TOKEN) {
            (bool sent, ) = msg.sender.call{value: request.expectedAssetAmount}("");
            require(sent);
        } else {
            IERC20(asset).transfer(msg.sender, request.expectedAssetAmount);
        }
    }

    function getUserWithdrawalRequest(
        address asset,
        address user,
        uint256 index
    )
        external
        view
        returns (uint256 rsETHAmount, uint256 expectedAssetAmount, uint256 withdrawalStartBlock, uint256 userNonce)
    {
        userNonce = uint256(userAssociatedNonces[asset][user].at(index));
        WithdrawalRequest storage request = _requests[asset][userNonce];
        return (request.rsETHUnstaked, request.expectedAssetAmount, request.withdrawalStartBlock, userNonce);
    }

    function worth(uint256 amount) internal view returns (uint256) {
        return (amount * oracle.rsETHPrice()) / 1e18;
    }

    function balanceOf(address asset) internal view returns (uint256) {
        return asset == ETH_TOKEN ? address(this).balance : IERC20(asset).balanceOf(address(this));
    }
}
