// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {BalancerRateProvider} from "./RateOracles.sol";
import {TestToken} from "./TestToken.sol";

/// Renzo's queue by its published rules: a request locks ezETH and is worth its rate of then or of the claim, the
/// lower of the two; what the buffer does not cover waits in a queue that is filled from the front. It is its own risk
/// oracle here.
contract RenzoWithdrawQueue {
    address internal constant IS_NATIVE = 0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE;

    struct WithdrawRequest {
        address collateralToken;
        uint256 withdrawRequestID;
        uint256 amountToRedeem;
        uint256 ezETHLocked;
        uint256 createdAt;
    }

    struct Queue {
        uint256 queuedWithdrawToFill;
        uint256 queuedWithdrawFilled;
    }

    struct QueueStatus {
        bool queued;
        uint256 fillAt;
    }

    error EarlyClaim();
    error QueuedWithdrawalNotFilled();

    TestToken public immutable ezETH;
    BalancerRateProvider internal immutable rateProvider;
    uint256 public coolDownPeriod;
    uint256 public withdrawCooldownPeriod;
    uint256 internal nonce;

    mapping(address asset => uint256) public claimReserve;
    mapping(address user => WithdrawRequest[]) public withdrawRequests;
    mapping(bytes32 withdrawHash => QueueStatus) public withdrawQueued;
    mapping(address asset => Queue) public erc20WithdrawQueue;
    Queue public ethWithdrawQueue;

    constructor(TestToken ezETH_, BalancerRateProvider rateProvider_, uint256 coolDownPeriod_) {
        ezETH = ezETH_;
        rateProvider = rateProvider_;
        coolDownPeriod = coolDownPeriod_;
    }

    function fillEther() external payable {
        fill(IS_NATIVE, msg.value);
    }

    function riskOracleMiddleware() external view returns (address) {
        return address(this);
    }

    function setCoolDowns(uint256 own, uint256 riskOracle) external {
        coolDownPeriod = own;
        withdrawCooldownPeriod = riskOracle;
    }

    function getOutstandingWithdrawRequests(address user) external view returns (uint256) {
        return withdrawRequests[user].length;
    }

    function withdraw(uint256 amount, address assetOut) external {
        ezETH.transferFrom(msg.sender, address(this), amount);
        uint256 pays = worth(amount);
        WithdrawRequest memory request = WithdrawRequest(assetOut, ++nonce, pays, amount, block.timestamp);
        uint256 available = balanceOf(assetOut) - claimReserve[assetOut];
        if (pays > available) {
            Queue storage queue = queueOf(assetOut);
            queue.queuedWithdrawFilled += available;
            queue.queuedWithdrawToFill += pays;
            claimReserve[assetOut] += available;
            bytes32 withdrawHash = keccak256(abi.encode(request, msg.sender));
            withdrawQueued[withdrawHash] = QueueStatus(true, queue.queuedWithdrawToFill);
        } else {
            claimReserve[assetOut] += pays;
        }
        withdrawRequests[msg.sender].push(request);
    }

    function fillToken(TestToken token, uint256 amount) external {
        token.mint(address(this), amount);
        fill(address(token), amount);
    }

    function fill(address asset, uint256 amount) internal {
        Queue storage queue = queueOf(asset);
        uint256 deficit = queue.queuedWithdrawToFill - queue.queuedWithdrawFilled;
        uint256 filled = amount < deficit ? amount : deficit;
        queue.queuedWithdrawFilled += filled;
        claimReserve[asset] += filled;
    }

    function claim(uint256 index, address user) external {
        WithdrawRequest memory request = withdrawRequests[user][index];
        uint256 wait = withdrawCooldownPeriod > coolDownPeriod ? withdrawCooldownPeriod : coolDownPeriod;
        if (block.timestamp - request.createdAt < wait) revert EarlyClaim();
        address asset = request.collateralToken;
        QueueStatus memory status = withdrawQueued[keccak256(abi.encode(request, user))];
        if (status.queued && status.fillAt > queueOf(asset).queuedWithdrawFilled) revert QueuedWithdrawalNotFilled();

        claimReserve[asset] -= request.amountToRedeem;
        uint256 today = worth(request.ezETHLocked);
        uint256 pays = today < request.amountToRedeem ? today : request.amountToRedeem;
        withdrawRequests[user][index] = withdrawRequests[user][withdrawRequests[user].length - 1];
        withdrawRequests[user].pop();
        ezETH.burn(address(this), request.ezETHLocked);
        if (asset == IS_NATIVE) {
            (bool sent, ) = user.call{value: pays}("");
            require(sent);
        } else {
            IERC20(asset).transfer(user, pays);
        }
    }

    function worth(uint256 amount) internal view returns (uint256) {
        return (amount * rateProvider.getRate()) / 1e18;
    }

    function balanceOf(address asset) internal view returns (uint256) {
        return asset == IS_NATIVE ? address(this).balance : IERC20(asset).balanceOf(address(this));
    }

    function queueOf(address asset) internal view returns (Queue storage) {
        if (asset == IS_NATIVE) return ethWithdrawQueue;
        return erc20WithdrawQueue[asset];
    }
}
