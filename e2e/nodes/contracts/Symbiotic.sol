// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {TestToken} from "./TestToken.sol";

/// A Symbiotic vault of the first version: stakes are shares of what is active, withdrawals shares of what their epoch
/// holds. A slash takes from both, and never from an epoch that is over.
contract SymbioticVault {
    error TooMuchWithdraw();
    error InvalidEpoch();
    error AlreadyClaimed();

    struct Bucket {
        uint256 assets;
        uint256 shares;
    }

    uint64 public constant version = 1;
    TestToken public immutable collateral;
    uint48 public immutable epochDurationInit;
    uint48 public immutable epochDuration;
    address public delegator;
    address public slasher;

    Bucket internal active;
    mapping(address account => uint256) public activeSharesOf;
    mapping(uint256 epoch => Bucket) internal leaving;
    mapping(uint256 epoch => mapping(address account => uint256)) public withdrawalSharesOf;
    mapping(uint256 epoch => mapping(address account => bool)) public isWithdrawalsClaimed;

    constructor(TestToken collateral_, uint48 epochDuration_) {
        collateral = collateral_;
        epochDuration = epochDuration_;
        epochDurationInit = uint48(block.timestamp);
    }

    function setModules(address delegator_, address slasher_) external {
        delegator = delegator_;
        slasher = slasher_;
    }

    function deposit(address onBehalfOf, uint256 amount) external {
        collateral.transferFrom(msg.sender, address(this), amount);
        activeSharesOf[onBehalfOf] += enter(active, amount);
    }

    function withdraw(address claimer, uint256 amount) external {
        uint256 burned = Math.mulDiv(amount, active.shares + 1, active.assets + 1, Math.Rounding.Ceil);
        if (burned > activeSharesOf[msg.sender]) revert TooMuchWithdraw();
        activeSharesOf[msg.sender] -= burned;
        active.shares -= burned;
        active.assets -= amount;
        uint256 epoch = currentEpoch() + 1;
        withdrawalSharesOf[epoch][claimer] += enter(leaving[epoch], amount);
    }

    function claim(address recipient, uint256 epoch) external returns (uint256 amount) {
        if (epoch >= currentEpoch()) revert InvalidEpoch();
        if (isWithdrawalsClaimed[epoch][msg.sender]) revert AlreadyClaimed();
        amount = withdrawalsOf(epoch, msg.sender);
        isWithdrawalsClaimed[epoch][msg.sender] = true;
        collateral.transfer(recipient, amount);
    }

    /// Pro rata, each part rounded down; what rounding leaves falls on what is due first, and where that is too little on
    /// the next epoch. What was captured in this epoch does not reach what is due at its end.
    function onSlash(uint256 amount, uint48 captureTimestamp) external returns (uint256 taken) {
        Bucket storage due = leaving[currentEpoch()];
        Bucket storage next = leaving[currentEpoch() + 1];
        bool isCapturedNow = captureTimestamp >= currentEpochStart();
        uint256 whole = active.assets + next.assets + (isCapturedNow ? 0 : due.assets);
        taken = Math.min(amount, whole);
        if (taken == 0) return 0;
        uint256 fromActive = Math.mulDiv(taken, active.assets, whole);
        uint256 fromNext = taken - fromActive;
        if (!isCapturedNow) {
            fromNext = Math.mulDiv(taken, next.assets, whole);
            uint256 fromDue = taken - fromActive - fromNext;
            if (fromDue > due.assets) {
                fromNext += fromDue - due.assets;
                fromDue = due.assets;
            }
            due.assets -= fromDue;
        }
        active.assets -= fromActive;
        next.assets -= fromNext;
        collateral.burn(address(this), taken);
    }

    function activeStake() external view returns (uint256) {
        return active.assets;
    }

    function activeBalanceOf(address account) external view returns (uint256) {
        return worth(active, activeSharesOf[account]);
    }

    function withdrawalsOf(uint256 epoch, address account) public view returns (uint256) {
        return worth(leaving[epoch], withdrawalSharesOf[epoch][account]);
    }

    function currentEpoch() public view returns (uint256) {
        return (block.timestamp - epochDurationInit) / epochDuration;
    }

    function currentEpochStart() public view returns (uint48) {
        return uint48(epochDurationInit + currentEpoch() * epochDuration);
    }

    function enter(Bucket storage bucket, uint256 amount) internal returns (uint256 shares) {
        shares = Math.mulDiv(amount, bucket.shares + 1, bucket.assets + 1);
        bucket.assets += amount;
        bucket.shares += shares;
    }

    function worth(Bucket storage bucket, uint256 shares) internal view returns (uint256) {
        return Math.mulDiv(shares, bucket.assets + 1, bucket.shares + 1);
    }
}

/// All four kinds in one: which views it answers depends on its type, as with the real ones.
contract SymbioticDelegator {
    error NotOfThisType();

    uint64 public immutable TYPE;
    SymbioticVault internal immutable vault;
    address internal immutable onlyOperator;
    address internal immutable onlyNetwork;
    mapping(bytes32 subnetwork => uint256) public maxNetworkLimit;

    constructor(uint64 type_, SymbioticVault vault_, address operator_, address network_) {
        TYPE = type_;
        vault = vault_;
        onlyOperator = operator_;
        onlyNetwork = network_;
    }

    function setMaxNetworkLimit(bytes32 subnetwork, uint256 amount) external {
        maxNetworkLimit[subnetwork] = amount;
    }

    function operator() external view returns (address) {
        if (TYPE < 2) revert NotOfThisType();
        return onlyOperator;
    }

    function network() external view returns (address) {
        if (TYPE < 3) revert NotOfThisType();
        return onlyNetwork;
    }

    function stake(bytes32 subnetwork, address operator_) external view returns (uint256) {
        if (TYPE == 3 && (address(bytes20(subnetwork)) != onlyNetwork || operator_ != onlyOperator)) return 0;
        return Math.min(vault.activeStake(), maxNetworkLimit[subnetwork]);
    }
}
